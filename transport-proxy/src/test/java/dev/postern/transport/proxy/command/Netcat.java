package dev.postern.transport.proxy.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** A program: connects its standard input and output to a place. */
final class Netcat {
  private Netcat() {}

  public static void main(String... place) throws IOException {
    try (Socket socket = new Socket(place[0], Integer.parseInt(place[1]))) {
      Thread upwards = new Thread(() -> copy(System.in, socket));
      upwards.setDaemon(true);
      upwards.start();
      InputStream input = socket.getInputStream();
      byte[] block = new byte[1 << 14];
      for (int count = input.read(block); count >= 0; count = input.read(block)) {
        System.out.write(block, 0, count);
        System.out.flush();
      }
    }
  }

  private static void copy(InputStream from, Socket to) {
    try {
      OutputStream output = to.getOutputStream();
      from.transferTo(output);
      to.shutdownOutput();
    } catch (IOException e) {
      // The place is gone, which the other direction tells.
    }
  }
}
