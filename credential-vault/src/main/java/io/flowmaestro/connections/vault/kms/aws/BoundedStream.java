package io.flowmaestro.connections.vault.kms.aws;

import io.flowmaestro.connections.vault.kms.KmsHttp;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An answer's body that fails instead of growing without end. */
final class BoundedStream extends FilterInputStream {

    private long left;

    BoundedStream(InputStream body, long limit) {
        super(body);
        this.left = limit;
    }

    @Override
    public int read() throws IOException {
        var next = super.read();
        count(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        var read = super.read(into, offset, length);
        count(Math.max(0, read));
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        var skipped = super.skip(bytes);
        count(skipped);
        return skipped;
    }

    private void count(long bytes) {
        left -= bytes;
        if (left < 0) {
            throw KmsHttp.tooLarge();
        }
    }
}
