package io.fleetcompat.query.whatif;

/**
 * A value of an attribute that was tried on all profiles of a family. Pure data.
 *
 * @param members with the value
 * @param compatible how many ordered pairs are compatible with it
 */
record BaselineStep(String name, String value, FamilyMembers members, long compatible) {}
