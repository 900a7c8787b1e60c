package dev.postern.core.sshd;

import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import org.apache.sshd.common.channel.AbstractChannel;
import org.apache.sshd.common.channel.LocalWindow;
import org.junit.jupiter.api.Test;

final class RoomTest {
  private final AbstractChannel channel = mock(AbstractChannel.class);
  private final LocalWindow window = mock(LocalWindow.class);
  private final Room room = new Room(channel);

  RoomTest() {
    when(channel.getLocalWindow()).thenReturn(window);
    when(window.isOpen()).thenReturn(true);
    when(window.getMaxSize()).thenReturn(800L);
  }

  @Test
  void theSenderHearsOfAnEighthOfTheWindowAtATime() throws Exception {
    room.give(60);
    room.give(39);
    verify(window, never()).release(anyLong());

    room.give(21);
    verify(window).release(120L);

    room.give(99);
    verify(window).release(anyLong());
  }

  @Test
  void aClosedWindowIsLeftAlone() throws Exception {
    when(window.isOpen()).thenReturn(false);

    room.give(800);

    verify(window, never()).release(anyLong());
  }
}
