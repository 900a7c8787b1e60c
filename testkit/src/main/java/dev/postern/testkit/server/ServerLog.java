package dev.postern.testkit.server;

import dev.postern.api.hop.Endpoint;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a server was asked and what it saw, in order. */
final class ServerLog {
  final List<Attempt> attempts = new CopyOnWriteArrayList<>();
  final List<String> commands = new CopyOnWriteArrayList<>();
  final List<Endpoint> forwards = new CopyOnWriteArrayList<>();
}
