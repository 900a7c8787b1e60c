package dev.postern.plugin;

import java.util.Optional;
import org.apiguardian.api.API;

/**
 * A key of a type's settings.
 *
 * @param key as written in the configuration; {@code rules[].ask} for one of each element of a list
 * @param type what its value is, in words: {@code duration}, {@code list of paths}
 * @param defaultValue what holds where the key is left out, in HOCON; empty if nothing does
 * @param required whether it must be there
 * @param secret whether its value is a secret, or holds one
 * @param meaning a sentence; empty if the plugin's author gave none
 * @param example a value in HOCON
 */
@API(status = API.Status.MAINTAINED, since = "1.0")
public record KeyDescription(
    String key,
    String type,
    Optional<String> defaultValue,
    boolean required,
    boolean secret,
    String meaning,
    String example) {}
