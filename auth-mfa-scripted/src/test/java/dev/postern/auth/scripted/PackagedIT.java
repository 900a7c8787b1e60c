package dev.postern.auth.scripted;

import dev.postern.testkit.contract.PackagedPluginContract;

final class PackagedIT extends PackagedPluginContract {}
