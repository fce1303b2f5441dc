/// Asks exporters over HTTP and trusts nothing that they answer.
@NullMarked
package dev.reeve.collectors.http;

import org.jspecify.annotations.NullMarked;
