package dev.postern.auth.password;

import dev.postern.testkit.contract.PackagedPluginContract;

final class PackagedIT extends PackagedPluginContract {}
