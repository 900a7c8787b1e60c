package dev.postern.transport.proxy;

import dev.postern.testkit.contract.PackagedPluginContract;

final class PackagedIT extends PackagedPluginContract {}
