package io.flowmaestro.connections.oauth.credential;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyReader;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;
import org.jspecify.annotations.Nullable;

/**
 * Reads the optional body. Without one there need be no content type, and any that a client adds by itself does no
 * harm; a body in another format than JSON is refused, since ignoring it would ignore the scopes in it. Known to the
 * framework as a reader of its own kind, it costs no look at annotations and no copy of the headers.
 */
@Provider
@Consumes(MediaType.WILDCARD)
public class CredentialRequestReader implements ServerMessageBodyReader<CredentialRequest> {

    private final ObjectMapper json;

    CredentialRequestReader(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public boolean isReadable(
            Class<?> type, Type genericType, ResteasyReactiveResourceInfo resource, MediaType mediaType) {
        return type == CredentialRequest.class;
    }

    @Override
    public @Nullable CredentialRequest readFrom(
            Class<CredentialRequest> type, Type genericType, MediaType mediaType, ServerRequestContext context)
            throws IOException {
        return read(mediaType, context.getInputStream());
    }

    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == CredentialRequest.class;
    }

    @Override
    public @Nullable CredentialRequest readFrom(
            Class<CredentialRequest> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        return read(mediaType, body);
    }

    private @Nullable CredentialRequest read(MediaType mediaType, InputStream body) throws IOException {
        byte[] content = body.readAllBytes();
        if (content.length == 0) {
            return null;
        }
        if (!MediaType.APPLICATION_JSON_TYPE.isCompatible(mediaType)) {
            throw new NotSupportedException();
        }
        return parse(content);
    }

    private CredentialRequest parse(byte[] content) throws IOException {
        try {
            return json.readValue(content, CredentialRequest.class);
        } catch (JsonProcessingException malformed) {
            throw new WebApplicationException(malformed, Response.Status.BAD_REQUEST);
        }
    }
}
