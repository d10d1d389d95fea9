package io.fleetcompat.collector.sysfs.readers;

/**
 * The card that types belong to: what supports the same types wherever it is asked. Of a VF that
 * NVIDIA's driver holds it is the physical function, since its VFs differ only in what is creatable
 * now; any other parent stands for itself, since no kernel says that the VFs of one device offer
 * the same.
 *
 * @param key the name of the function or parent, with the driver that holds what offers the types
 * @param identity ids, driver and version: types that were seen under another one say nothing
 */
public record Card(String key, String identity) {}
