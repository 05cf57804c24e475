package io.flowmaestro.connections.architecture;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.quarkus.scheduler.Scheduled;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

    @Nested
    class EndpointMethods {
        @Test
        void mayNotBeHiddenFromTheFramework() {
            assertThatThrownBy(() -> check(HiddenEndpoint.class))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("HiddenEndpoint.get()")
                    .hasMessageContaining("the path answers 404");
        }

        @Test
        void sayWhatTheyProduce() {
            assertThatThrownBy(() -> check(SilentEndpoint.class))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("SilentEndpoint.get() has no @Produces");
        }

        @Test
        void areFineWhenPublicWhateverElseTheClassHas() {
            assertThatCode(() -> check(PublicEndpoint.class)).doesNotThrowAnyException();
        }
    }

    @Test
    void scheduledWorkEndsWithTheService() {
        assertThatThrownBy(() -> check(EndlessWork.class))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("EndlessWork")
                .hasMessageContaining("ends its rounds");
    }

    private static void check(Class<?> type) throws ClassNotFoundException {
        String rootPackage = type.getPackageName();
        HouseRules.check(
                rootPackage, new ClassFileImporter().importClasses(type, Class.forName(rootPackage + ".package-info")));
    }

    static class EndlessWork {
        @Scheduled(every = "1s")
        void work() {}
    }

    @Path("/silent")
    static class SilentEndpoint {
        @GET
        public String get() {
            return "as text";
        }
    }

    @Path("/hidden")
    @Produces("application/json")
    static class HiddenEndpoint {
        @GET
        String get() {
            return "never reached";
        }
    }

    @Path("/public")
    @Produces("application/json")
    static class PublicEndpoint {
        @GET
        public String get() {
            return text();
        }

        String text() {
            return "reached";
        }
    }
}
