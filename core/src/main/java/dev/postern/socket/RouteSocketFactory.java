package dev.postern.socket;

import dev.postern.core.socket.CircuitSocketFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Sockets of a route, for drivers that take the name of a socket factory's class. PostgreSQL's:
 *
 * <pre>{@code
 * jdbc:postgresql://db.internal:5432/orders?socketFactory=dev.postern.socket.RouteSocketFactory&socketFactoryArg=orders-db
 * }</pre>
 *
 * <p>A driver that takes no argument gets a class of yours that names the route:
 *
 * <pre>{@code
 * public final class OrdersSockets extends RouteSocketFactory {
 *   public OrdersSockets() {
 *     super("orders-db");
 *   }
 * }
 * }</pre>
 *
 * <p>All sockets of a route in a process share one circuit, however many factories there are. The
 * first socket opens it; the forwards of the route stay closed. It is closed a minute after its
 * last socket, and opened anew, with the configuration read anew, by the first socket after it was
 * lost. A route that refused to let us in, or a host key, is left alone for a minute, then two, up
 * to an hour, and sockets fail with the same reason meanwhile. Nobody can be asked for anything.
 *
 * <p>The sockets are those of {@link dev.postern.circuit.Circuit#socketFactory()}; the time-out of
 * connecting includes opening the circuit, which goes on for the next socket if it takes longer. A
 * configuration that does not hold is a {@link java.net.SocketException} too. Safe for use by
 * several threads.
 */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public class RouteSocketFactory extends SocketFactory {
  private final SocketFactory sockets;

  /** Sockets of the only route of the configuration that the {@code postern} command finds. */
  public RouteSocketFactory() {
    this(null);
  }

  /**
   * Sockets of a route. Nothing is read or opened yet.
   *
   * @param route {@code ROUTE}, of the configuration that the {@code postern} command finds, or
   *     {@code FILE#ROUTE}; empty or null for the only route of the configuration
   */
  public RouteSocketFactory(@Nullable String route) {
    this.sockets = new CircuitSocketFactory(SharedRoutes.of(RouteName.of(route)));
  }

  @Override
  public Socket createSocket() throws IOException {
    return sockets.createSocket();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return sockets.createSocket(host, port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return sockets.createSocket(host, port, local, localPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return sockets.createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return sockets.createSocket(host, port, local, localPort);
  }
}
