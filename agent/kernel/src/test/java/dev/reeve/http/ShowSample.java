package dev.reeve.http;

import dev.reeve.telemetry.Exposition;
import java.net.InetSocketAddress;

/// Serves the sample for whoever wants to look at the page: arguments PORT [NAME of a workload].
final class ShowSample {
  private ShowSample() {}

  public static void main(String[] args) throws Exception {
    View view = args.length > 1 ? new Sample(args[1]) : new Sample();
    Routes.Metrics none = _ -> new Exposition("text/plain", new byte[0]);
    WebServer.start(
        new HttpSettings(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0]))),
        new Routes(view, none, Page.load()));
    Thread.currentThread().join();
  }
}
