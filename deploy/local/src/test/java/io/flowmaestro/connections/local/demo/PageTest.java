package io.flowmaestro.connections.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PageTest {
    private static final URI ADDRESS = URI.create("http://localhost:8086/interaction/abc");

    @Nested
    class FormTarget {
        @Test
        void isThePageItselfForAFormWithoutAction() {
            assertThat(page("<form method=\"post\">").formTarget()).isEqualTo(ADDRESS);
        }

        @Test
        void isTheActionResolvedAndUnescaped() {
            assertThat(page("<form method=\"post\" action=\"/next?a=1&amp;b=2\">")
                            .formTarget())
                    .isEqualTo(URI.create("http://localhost:8086/next?a=1&b=2"));
        }
    }

    @Nested
    class RequireField {
        @Test
        void acceptsAFieldThatIsThere() {
            Page page = page("<input id=\"login\" name=\"login\">");

            assertThat(page.requireField("login")).isSameAs(page);
        }

        @Test
        void namesThePageAndTheFieldThatIsMissing() {
            assertThatThrownBy(() -> page("<p>Sorry</p>").requireField("login"))
                    .hasMessage("the page at /interaction/abc (200) does not ask for \"login\"");
        }
    }

    private static Page page(String html) {
        return new Page(ADDRESS, 200, html);
    }
}
