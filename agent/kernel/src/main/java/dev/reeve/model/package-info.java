/// The words of the house: what is observed, known, found, planned and done. Records and sealed
/// types over `java.base` only, so that every module can speak them and none can change them.
@NullMarked
package dev.reeve.model;

import org.jspecify.annotations.NullMarked;
