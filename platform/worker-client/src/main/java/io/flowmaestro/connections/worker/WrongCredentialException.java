package io.flowmaestro.connections.worker;

/** The connection is not of the kind that was asked for. */
public final class WrongCredentialException extends ConnectionsException {

    private static final long serialVersionUID = 1L;

    WrongCredentialException(Credential credential) {
        super("Connection " + credential.connectionId() + " is of another kind ("
                + credential.getClass().getSimpleName()
                + ") and has no access token. Use getCredential, or choose an OAuth 2.0 connection.");
    }

    @Override
    boolean saysThatNothingRan() {
        return true;
    }
}
