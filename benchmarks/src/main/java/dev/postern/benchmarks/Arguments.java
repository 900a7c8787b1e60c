package dev.postern.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the user said.
 *
 * @param home the folder of the checkout
 * @param quick whether to check ratios only
 * @param folder where JSON and SVG go, if anywhere
 * @param measures which; empty for all
 * @param peers who; empty for all
 */
record Arguments(
    Path home, boolean quick, Optional<Path> folder, List<String> measures, List<String> peers) {
  static final String USAGE =
      """
      benchmarks/run [--quick] [--peers NAME,NAME…] [--results FOLDER] [MEASURE…]
        --quick     few repetitions, postern, raw MINA and ssh, and a check of ratios
        --peers     these alone: postern, mina, jsch, sshj, ssh, "ssh curve25519", asyncssh, paramiko
        --results   writes results.json and results.svg there
      Measures: %s\
      """;

  /** Reads them; empty if they are not understood, or help is asked for. */
  static Optional<Arguments> parse(List<String> words, List<String> known) {
    Path home = Path.of(words.get(0));
    boolean quick = false;
    Optional<Path> folder = Optional.empty();
    List<String> measures = new ArrayList<>();
    List<String> peers = List.of();
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("--quick")) {
        quick = true;
      } else if (word.equals("--results") && i + 1 < words.size()) {
        folder = Optional.of(Path.of(words.get(++i)));
      } else if (word.equals("--peers") && i + 1 < words.size()) {
        peers = List.of(words.get(++i).split(","));
      } else if (known.contains(word)) {
        measures.add(word);
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(new Arguments(home, quick, folder, measures, peers));
  }
}
