package dev.postern.transport.jump;

import dev.postern.testkit.contract.PackagedPluginContract;

final class PackagedIT extends PackagedPluginContract {}
