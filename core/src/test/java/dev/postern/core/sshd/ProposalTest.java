package dev.postern.core.sshd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.hop.HopFailure;
import dev.postern.core.hop.HostKeyAlgorithms;
import dev.postern.core.hop.Proposal;
import dev.postern.problem.Code;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.server.command.CommandFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What servers see of {@code kex}, {@code ciphers}, {@code macs} and {@code window}. */
final class ProposalTest {
  private static final Proposal USUAL = Proposal.USUAL;

  private final BlockingQueue<Map<KexProposalOption, String>> offers = new LinkedBlockingQueue<>();
  private final Rig rig = new Rig();
  private final TestServer server =
      TestServer.start(mina -> mina.addSessionListener(new Watching()));

  @AfterEach
  void close() {
    rig.close();
    server.close();
  }

  @Test
  void allThatIsKnownIsThereInItsOrder() {
    assertThat(NamedResource.getNameList(Algorithms.keyExchanges())).isEqualTo(USUAL.kex());
    assertThat(NamedResource.getNameList(Algorithms.ciphers())).isEqualTo(USUAL.ciphers());
    assertThat(NamedResource.getNameList(Algorithms.macs())).isEqualTo(USUAL.macs());
    assertThat(NamedResource.getNameList(Algorithms.hostKeys()))
        .isEqualTo(
            Stream.of(USUAL.hostKeyAlgorithms().always(), USUAL.hostKeyAlgorithms().ifKnown())
                .flatMap(List::stream)
                .toList());
  }

  @Test
  void othersAreThereByName() {
    List<String> kex =
        List.of(
            "mlkem1024nistp384-sha384",
            "mlkem768nistp256-sha256",
            "ecdh-sha2-nistp521",
            "ecdh-sha2-nistp384",
            "ecdh-sha2-nistp256",
            "diffie-hellman-group-exchange-sha1",
            "diffie-hellman-group14-sha1");

    List<String> ciphers = List.of("aes256-cbc", "aes192-cbc", "aes128-cbc");
    List<String> macs = List.of("hmac-sha1-etm@openssh.com", "hmac-sha1");

    assertThat(NamedResource.getNameList(Algorithms.keyExchanges(kex))).isEqualTo(kex);
    assertThat(NamedResource.getNameList(Algorithms.ciphers(ciphers))).isEqualTo(ciphers);
    assertThat(NamedResource.getNameList(Algorithms.macs(macs))).isEqualTo(macs);
  }

  @Test
  void withoutAnythingTheUsualIsOfferedAndStrictKeyExchange() throws Exception {
    rig.open(server.port());

    assertThat(offered(KexProposalOption.ALGORITHMS))
        .startsWith(String.join(",", USUAL.kex()) + ",")
        .contains("kex-strict-c-v00@openssh.com");
  }

  @Test
  void aHopOffersWhatItsSettingsSayAndNothingElse() throws Exception {
    rig.proposal =
        new Proposal(
            List.of("ecdh-sha2-nistp384"),
            List.of("aes192-ctr", "aes128-ctr"),
            List.of("hmac-sha2-512"),
            new HostKeyAlgorithms(List.of("ecdsa-sha2-nistp256"), List.of()),
            OptionalLong.empty(),
            false);
    rig.open(server.port());

    var offer = offers.poll(10, TimeUnit.SECONDS);
    assertThat(offer.get(KexProposalOption.ALGORITHMS))
        .matches("ecdh-sha2-nistp384,ext-info-c,kex-strict-c-v00@openssh.com");
    assertThat(offer)
        .containsEntry(KexProposalOption.C2SENC, "aes192-ctr,aes128-ctr")
        .containsEntry(KexProposalOption.S2CENC, "aes192-ctr,aes128-ctr")
        .containsEntry(KexProposalOption.C2SMAC, "hmac-sha2-512")
        .containsEntry(KexProposalOption.S2CMAC, "hmac-sha2-512")
        .containsEntry(KexProposalOption.SERVERKEYS, "ecdsa-sha2-nistp256");
    assertThat(rig.trail).anyMatch(line -> line.contains("; ecdh-sha2-nistp384,"));
  }

  @Test
  void nothingInCommonSaysSo() {
    server.mina().setCipherFactories(Algorithms.ciphers(List.of("aes256-ctr")));
    rig.proposal =
        new Proposal(
            USUAL.kex(),
            List.of("aes128-ctr"),
            USUAL.macs(),
            USUAL.hostKeyAlgorithms(),
            OptionalLong.empty(),
            false);

    HopFailure failure =
        Rig.failure(rig.dial(server.port(), ScriptedEngine.password(TestServer.PASSWORD)));

    assertThat(failure.code()).isEqualTo(Code.NEGOTIATION_FAILED);
  }

  @Test
  void ecdsaIsOfferedToWhomIsKnownByIt() throws Exception {
    rig.hostKeys = new Knowing("ecdsa-sha2-nistp256");
    rig.open(server.port());

    assertThat(offered(KexProposalOption.SERVERKEYS))
        .isEqualTo("ecdsa-sha2-nistp256," + String.join(",", USUAL.hostKeyAlgorithms().always()));
  }

  @Test
  void aStrangerWithAnEcdsaKeyAloneIsRefusedWithWhatToDo() {
    rig.hostKeys = new Knowing();

    HopFailure failure =
        Rig.failure(rig.dial(server.port(), ScriptedEngine.password(TestServer.PASSWORD)));

    assertThat(failure.code()).isEqualTo(Code.NEGOTIATION_FAILED);
    assertThat(failure.sentence())
        .isEqualTo(
            ("no algorithm in common with the server: Unable to negotiate key exchange for server"
                    + " host key algorithms (client: %s / server: ecdsa-sha2-nistp256); to take its"
                    + " ECDSA key, put host-key-algorithms = \"+ecdsa-sha2-nistp256\"")
                .formatted(String.join(",", USUAL.hostKeyAlgorithms().always())));
  }

  @Test
  void theWindowIsTheChannels() throws Exception {
    rig.proposal =
        new Proposal(
            USUAL.kex(),
            USUAL.ciphers(),
            USUAL.macs(),
            USUAL.hostKeyAlgorithms(),
            OptionalLong.of(1 << 20),
            false);
    BlockingQueue<Long> windows = new LinkedBlockingQueue<>();
    CommandFactory commands = server.mina().getCommandFactory();
    server
        .mina()
        .setCommandFactory(
            (channel, line) -> {
              windows.add(channel.getRemoteWindow().getMaxSize());
              return commands.createCommand(channel, line);
            });

    Rig.done(rig.open(server.port()).exec("anything")).close();

    assertThat(windows.poll(10, TimeUnit.SECONDS)).isEqualTo(1 << 20);
  }

  private String offered(KexProposalOption option) throws InterruptedException {
    return offers.poll(10, TimeUnit.SECONDS).get(option);
  }

  private final class Watching implements SessionListener {
    @Override
    public void sessionNegotiationStart(
        Session session,
        Map<KexProposalOption, String> client,
        Map<KexProposalOption, String> theirs) {
      offers.add(Map.copyOf(client));
    }
  }
}
