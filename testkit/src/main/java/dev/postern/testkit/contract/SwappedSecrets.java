package dev.postern.testkit.contract;

import dev.postern.api.secret.Secret;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Copies a configuration record with other secrets in it, so that a test sees them being read. */
final class SwappedSecrets {
  private final UnaryOperator<Secret> swap;

  SwappedSecrets(UnaryOperator<Secret> swap) {
    this.swap = swap;
  }

  Record in(Record config) {
    try {
      RecordComponent[] components = config.getClass().getRecordComponents();
      Object[] values = new Object[components.length];
      for (int i = 0; i < components.length; i++) {
        Method accessor = components[i].getAccessor();
        accessor.setAccessible(true);
        values[i] = value(accessor.invoke(config));
      }
      Constructor<? extends Record> constructor =
          config
              .getClass()
              .getDeclaredConstructor(
                  Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "the record %s cannot be copied: its constructor must take what its accessors give"
              .formatted(config.getClass().getName()),
          e);
    }
  }

  private Object value(Object value) {
    if (value instanceof Secret secret) {
      return swap.apply(secret);
    }
    if (value instanceof Optional<?> optional) {
      return optional.map(this::value);
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(element -> copy.add(value(element)));
      return List.copyOf(copy);
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, element) -> copy.put(key, value(element)));
      return Map.copyOf(copy);
    }
    return value instanceof Record record && holdsSecrets(record) ? in(record) : value;
  }

  private static boolean holdsSecrets(Record record) {
    return !record.getClass().getName().startsWith("dev.postern.api.");
  }
}
