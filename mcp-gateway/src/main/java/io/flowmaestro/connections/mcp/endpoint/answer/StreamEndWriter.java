package io.flowmaestro.connections.mcp.endpoint.answer;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Ends a stream whose head went out long ago: nothing but the last event is left to write. */
@Provider
public class StreamEndWriter implements ServerMessageBodyWriter<StreamEnd> {

    @Override
    public boolean isWriteable(
            Class<?> type, Type genericType, ResteasyReactiveResourceInfo target, MediaType mediaType) {
        return StreamEnd.class.equals(type);
    }

    @Override
    public void writeResponse(StreamEnd end, Type genericType, ServerRequestContext context) {
        end.write();
    }

    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return StreamEnd.class.equals(type);
    }

    @Override
    public void writeTo(
            StreamEnd end,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> httpHeaders,
            OutputStream entityStream) {
        end.write();
    }
}
