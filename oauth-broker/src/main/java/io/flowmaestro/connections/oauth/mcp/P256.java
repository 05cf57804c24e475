package io.flowmaestro.connections.oauth.mcp;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;

/**
 * The public point of a private key on P-256, for which Java has no call. It is worked out a few times at start, and with
 * nobody who could measure how long that takes.
 */
final class P256 {

    static final ECParameterSpec PARAMETERS = parameters();

    private static final BigInteger THREE = BigInteger.valueOf(3);
    private static final BigInteger PRIME = ((ECFieldFp) PARAMETERS.getCurve().getField()).getP();

    private P256() {}

    /** The generator, so many times. */
    static ECPoint multiplied(BigInteger scalar) {
        ECPoint sum = ECPoint.POINT_INFINITY;
        for (int bit = scalar.bitLength() - 1; bit >= 0; bit--) {
            sum = added(sum, sum);
            sum = scalar.testBit(bit) ? added(sum, PARAMETERS.getGenerator()) : sum;
        }
        return sum;
    }

    private static ECPoint added(ECPoint left, ECPoint right) {
        if (left.equals(ECPoint.POINT_INFINITY)) {
            return right;
        }
        if (right.equals(ECPoint.POINT_INFINITY)) {
            return left;
        }
        boolean sameX = left.getAffineX().equals(right.getAffineX());
        if (sameX && !left.equals(right)) {
            return ECPoint.POINT_INFINITY;
        }
        BigInteger slope = sameX ? tangent(left) : chord(left, right);
        BigInteger x = slope.pow(2)
                .subtract(left.getAffineX())
                .subtract(right.getAffineX())
                .mod(PRIME);
        BigInteger y = slope.multiply(left.getAffineX().subtract(x))
                .subtract(left.getAffineY())
                .mod(PRIME);
        return new ECPoint(x, y);
    }

    private static BigInteger tangent(ECPoint point) {
        BigInteger rise = point.getAffineX()
                .pow(2)
                .multiply(THREE)
                .add(PARAMETERS.getCurve().getA());
        return rise.multiply(point.getAffineY().shiftLeft(1).modInverse(PRIME)).mod(PRIME);
    }

    private static BigInteger chord(ECPoint left, ECPoint right) {
        BigInteger rise = right.getAffineY().subtract(left.getAffineY());
        BigInteger run = right.getAffineX().subtract(left.getAffineX());
        return rise.multiply(run.mod(PRIME).modInverse(PRIME)).mod(PRIME);
    }

    private static ECParameterSpec parameters() {
        try {
            var parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no P-256", missing);
        }
    }
}
