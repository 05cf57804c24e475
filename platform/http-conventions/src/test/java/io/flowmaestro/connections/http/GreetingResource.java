package io.flowmaestro.connections.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;

@Path("/api/greetings")
public class GreetingResource {

    public record Greeting(String name, int times, UUID id, List<String> tags, JsonNode anything) {}

    @POST
    public Uni<Success<Greeting>> greet(Greeting greeting) {
        return Uni.createFrom().item(Success.of(greeting));
    }

    @GET
    @Path("/contested")
    public Uni<String> contested() {
        throw new ProblemException(FrameworkProblem.VALIDATION_FAILED, "Another one is greeted.")
                .with("greeted", 7)
                .with("greeter", null);
    }

    @GET
    @Path("/refused")
    public Success<String> refused() {
        throw new ProblemException(FrameworkProblem.SERVICE_UNAVAILABLE, "Come back later.")
                .retryAfter(java.time.Duration.ofSeconds(7))
                .with(List.of(new Violation("a", "b")));
    }

    @GET
    @Path("/unprocessable")
    public Success<String> unprocessable() {
        throw new ProblemException(
                new ProblemCode() {
                    @Override
                    public String code() {
                        return "unprocessable";
                    }

                    @Override
                    public int status() {
                        return 422;
                    }

                    @Override
                    public String title() {
                        return "Unprocessable";
                    }
                },
                "It cannot be processed.");
    }

    @GET
    @Path("/anonymous")
    public Success<String> anonymous() {
        throw new UnauthorizedException();
    }

    @GET
    @Path("/bad-token")
    public Success<String> badToken() {
        throw new AuthenticationFailedException();
    }

    @GET
    @Path("/away")
    public Success<String> away() {
        throw new AwayException("values (sk-1)");
    }

    @GET
    @Path("/forbidden")
    public Success<String> forbidden() {
        throw new ForbiddenException();
    }

    @GET
    @Path("/broken")
    public Success<String> broken() {
        throw new IllegalStateException("jdbc:postgresql://secret");
    }
}
