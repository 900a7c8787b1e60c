package dev.postern.core.sshd;

import org.apache.sshd.client.kex.DHGClient;
import org.apache.sshd.client.kex.DHGEXClient;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.kex.AbstractDH;
import org.apache.sshd.common.kex.DHFactory;
import org.apache.sshd.common.kex.KeyExchange;
import org.apache.sshd.common.kex.KeyExchangeFactory;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Key exchanges that prove the server's key and judge nothing else: whether a certificate holds is
 * the verifier's to say, on the bytes that the server sent.
 */
record ProvenKeyExchange(DHFactory group) implements KeyExchangeFactory {
  /** RFC 4419 section 3 knows none larger; computing in one would take hours. */
  private static final int LARGEST_GROUP = 8192 / Byte.SIZE + 1;

  @Override
  public String getName() {
    return group.getName();
  }

  @Override
  public KeyExchange createKeyExchange(Session session) {
    KeyExchange begun = session instanceof PosternSession ours ? ours.takeBegun() : null;
    if (begun != null) {
      return begun;
    }
    return group.isGroupExchange() ? new ByGroup(group, session) : new Plain(group, session);
  }

  /** Keeps the key as it came, before MINA takes it apart. */
  private static void keepKey(Session session, Buffer buffer) {
    int start = buffer.rpos();
    byte[] blob = buffer.getBytes();
    buffer.rpos(start);
    if (session instanceof PosternSession ours) {
      ours.keyShown(blob);
    }
  }

  private static final class Plain extends DHGClient implements EarlyExchange.Plain {
    private static final byte[] NOT_YET = {0};

    private boolean begun;
    private @Nullable AbstractDH keys;

    Plain(DHFactory group, Session session) {
      super(group, session);
    }

    @Override
    public void begin(byte[] ourVersion, byte[] ourProposal, @Nullable AbstractDH ourKeys)
        throws Exception {
      keys = ourKeys;
      super.init(NOT_YET, ourVersion, NOT_YET, ourProposal);
      keys = null;
      begun = true;
    }

    /** Our part is sent by the first of the two; what the server said comes with this one. */
    @Override
    public void init(
        byte[] serverVersion, byte[] clientVersion, byte[] serverProposal, byte[] clientProposal)
        throws Exception {
      if (begun) {
        v_s = serverVersion;
        i_s = serverProposal;
        return;
      }
      super.init(serverVersion, clientVersion, serverProposal, clientProposal);
    }

    @Override
    protected AbstractDH getDH() throws Exception {
      return keys == null ? super.getDH() : keys;
    }

    @Override
    public boolean next(int command, Buffer buffer) throws Exception {
      if (command == SshConstants.SSH_MSG_KEXDH_REPLY) {
        keepKey(getSession(), buffer);
      }
      return super.next(command, buffer);
    }

    @Override
    protected void verifyCertificate(Session session, OpenSshCertificate certificate) {
      // Left to the verifier, which sees all of it before anything is sent.
    }
  }

  private static final class ByGroup extends DHGEXClient {
    ByGroup(DHFactory group, Session session) {
      super(group, session);
    }

    @Override
    public boolean next(int command, Buffer buffer) throws Exception {
      if (command == SshConstants.SSH_MSG_KEX_DH_GEX_REPLY) {
        keepKey(getSession(), buffer);
      } else if (command == SshConstants.SSH_MSG_KEX_DH_GEX_GROUP) {
        checkSize(buffer);
      }
      return super.next(command, buffer);
    }

    private static void checkSize(Buffer buffer) throws SshException {
      int start = buffer.rpos();
      long size = buffer.getUInt();
      buffer.rpos(start);
      if (size > LARGEST_GROUP) {
        throw new SshException(
            SshConstants.SSH2_DISCONNECT_KEY_EXCHANGE_FAILED,
            "a group of %d bytes for the key exchange".formatted(size));
      }
    }
  }
}
