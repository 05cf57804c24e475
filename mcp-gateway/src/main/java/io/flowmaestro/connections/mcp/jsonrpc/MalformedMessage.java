package io.flowmaestro.connections.mcp.jsonrpc;

/** Something that is no JSON-RPC message. Says what, without repeating any of it. */
public final class MalformedMessage extends RuntimeException {

    private final String what;

    public MalformedMessage(String what) {
        super(what);
        this.what = what;
    }

    public String what() {
        return what;
    }
}
