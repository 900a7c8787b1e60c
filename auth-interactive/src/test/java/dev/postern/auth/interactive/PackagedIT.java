package dev.postern.auth.interactive;

import dev.postern.testkit.contract.PackagedPluginContract;

final class PackagedIT extends PackagedPluginContract {}
