package io.fleetcompat.cli.inspect;

import io.fleetcompat.inventory.Attributes;

/**
 * A set of attributes that an endpoint has, and where it was read.
 *
 * @param scope whose they are: {@code endpoint}, {@code type}, {@code pci}, {@code physfn}, {@code
 *     parent} or {@code fact}
 * @param path of the node below the root; empty where it has none
 */
record Seen(String scope, String path, Attributes attributes) {}
