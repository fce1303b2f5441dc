/// The only foreign-function code: pidfd, peer credentials, sd_notify, fsync of a folder.
@NullMarked
package dev.reeve.linux;

import org.jspecify.annotations.NullMarked;
