/** What holds the documents to the repository. */
@NullMarked
package io.flowmaestro.connections.docs;

import org.jspecify.annotations.NullMarked;
