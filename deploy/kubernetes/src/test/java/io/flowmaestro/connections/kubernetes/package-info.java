/** What holds the chart and the kustomizations to Kubernetes' own models, to the code and to the architecture page. */
@NullMarked
package io.flowmaestro.connections.kubernetes;

import org.jspecify.annotations.NullMarked;
