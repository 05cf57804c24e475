package io.flowmaestro.connections.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every URL goes through the production guard, whose resolver knows one public host and some treacherous names. */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class HostileUrlTest {

    private final ScriptedResolver resolver = new ScriptedResolver()
            .answer("public.example", "93.184.216.34")
            .answer("localhost", "127.0.0.1")
            .answer("app.localhost", "127.0.0.1")
            .answer("metadata.google.internal", "169.254.169.254")
            .answer("mixed.example", "93.184.216.34", "10.0.0.7")
            .answer("mapped.example", "::ffff:10.0.0.7")
            .answer("v6.example", "fd00::7")
            .answer("zero.example", "0.0.0.0")
            .answer("nat64.example", "64:ff9b::a00:7")
            .answer("sixtofour.example", "2002:a00:7::")
            .answer("xn--mnchen-3ya.example", "10.0.0.7")
            .answer("kubernetes", "10.96.0.1");

    private final EgressGuard guard = new EgressGuard(FixedSettings.production(), resolver, false);

    private Throwable refusal(String url) {
        return catchThrowable(() -> guard.vet(url).await().indefinitely());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // IPv4 notations
                "https://127.0.0.1/",
                "https://127.1/",
                "https://127.0.1/",
                "https://2130706433/",
                "https://0x7f000001/",
                "https://0x7f.1/",
                "https://0x7F.0x0.0x0.0x1/",
                "https://017700000001/",
                "https://0177.0.0.1/",
                "https://00000177.0.0.1/",
                "https://127.0.0.1./",
                "https://0/",
                "https://0.0.0.0/",
                "https://00.00/",
                "https://10.1/",
                "https://167772161/",
                "https://0xa9fea9fe/",
                "https://0xa9.0xfe.0xa9.0xfe/",
                "https://0251.0376.0251.0376/",
                "https://2852039166/",
                "https://169.254.43518/",
                "https://169.16689662/",
                "https://169.254.169.254/latest/meta-data/",
                "https://169.254.169.254./",
                "https://192.168.0.1/",
                "https://3232235521/",
                "https://172.16.0.1/",
                "https://100.100.100.200/",
                "https://192.0.0.192/",
                "https://255.255.255.255/",
                "https://224.0.0.1/",
                "https://198.18.0.1/",
                "https://240.0.0.1/",
                // unicode spellings of the same
                "https://１２７.0.0.1/",
                "https://127。0。0。1/",
                "https://①②⑦.0.0.1/",
                "https://127．0．0．1/",
                "https://127｡0｡0｡1/",
                "https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/",
                "https://０x7f.1/",
                "https://localhost。/",
                // IPv6 notations
                "https://[::1]/",
                "https://[0:0:0:0:0:0:0:1]/",
                "https://[0000::0001]/",
                "https://[::]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[::ffff:7f00:1]/",
                "https://[::FFFF:a9fe:a9fe]/",
                "https://[0:0:0:0:0:ffff:a00:1]/",
                "https://[::127.0.0.1]/",
                "https://[64:ff9b::7f00:1]/",
                "https://[64:ff9b::169.254.169.254]/",
                "https://[64:ff9b:1::a00:1]/",
                "https://[2002:7f00:1::]/",
                "https://[2002:a9fe:a9fe::1]/",
                "https://[2001:0:1::1]/",
                "https://[fe80::1]/",
                "https://[fc00::1]/",
                "https://[fd00:ec2::254]/",
                "https://[ff02::1]/",
                "https://[fec0::1]/",
                "https://[2001:db8::1]/",
                "https://[3fff::1]/",
                "https://[::ffff:0:7f00:1]/",
                // names
                "https://localhost/",
                "https://LOCALHOST/",
                "https://LocalHost./",
                "https://app.localhost/",
                "https://metadata.google.internal/",
                "https://METADATA.GOOGLE.INTERNAL./",
                "https://mixed.example/",
                "https://mapped.example/",
                "https://v6.example/",
                "https://zero.example/",
                "https://nat64.example/",
                "https://sixtofour.example/",
                "https://münchen.example/",
                "https://MÜNCHEN.example./",
                "https://kubernetes/",
                "https://localhost:8443/",
                "https://127.0.0.1:8443/"
            })
    void refusesWhatIsNotOnThePublicInternet(String url) {
        assertThat(refusal(url))
                .isInstanceOfSatisfying(
                        EgressRefused.class,
                        refused -> assertThat(refused.reason()).isInstanceOf(Refusal.NotPublic.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "https:",
                "https:/public.example/",
                "https://",
                "https:///path",
                "https:public.example",
                "//public.example/",
                "public.example",
                "https://:443/",
                "https://?x",
                "https://#x",
                "https://public.example:0/",
                "https://public.example:65536/",
                "https://public.example:999999/",
                "https://public.example:-1/",
                "https://public.example:/",
                "https://public.example:4 43/",
                "https://public.example:443:443/",
                "https://public.example:+443/",
                "https://public.example:٤٤٣/",
                "https://[::1/",
                "https://::1/",
                "https://[::1]x/",
                "https://[fe80::1%25eth0]/",
                "https://[fe80::1%eth0]/",
                "https://[127.0.0.1]/",
                "https://[v1.fe80]/",
                "https://[]/",
                "https://[::ffff:127.0.0.1.]/",
                "https://127.0.0.1.5/",
                "https://256.0.0.1/",
                "https://1.2.3.4.5/",
                "https://127.0.0.08/",
                "https://4294967296/",
                "https://0x100000000/",
                "https://1.16777216/",
                "https://public.example.1/",
                "https://127.0.0.0x/g",
                "https://127..1/",
                "https://.127.0.0.1/",
                "https://public..example/",
                "https://.public.example/",
                "https://public.example../",
                "https://./",
                "https://-public.example/",
                "https://public-.example/",
                "https://127%2e0%2e0%2e1/",
                "https://%31%32%37.0.0.1/",
                "https://public.example%00.evil/",
                "https://public.example\u0000/",
                "https://public.example\\@evil/",
                "https://public.example\\.evil/",
                "https://public.example\t/",
                "https://public.example\n/",
                " https://public.example/",
                "https://public.example/ ",
                "https://public.example/\r\nHost: evil",
                "https://pub lic.example/",
                "https://public.example,evil.example/",
                "https://public.example;evil/",
                "https://public.example!/",
                "https://*.example/",
                "https://$host/",
                "https://public.example&x/",
                "https://public.example=x/",
                "https://{host}/",
                "https://public.example/<script>",
                "https://public.example/{id}",
                "https://public.example/|",
                "https://public.example/^"
            })
    void refusesWhatTwoParsersCouldReadDifferently(String url) {
        assertThat(refusal(url)).isInstanceOf(EgressRefused.class);
        assertThat(resolver.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://public.example/", "HTTP://public.example/", "ftp://public.example/", "file:///etc/passwd",
                "gopher://public.example/", "jar:https://public.example!/", "data:text/plain,x", "ws://public.example/",
                "javascript:alert(1)", "unix:///run/x.sock", "http://127.0.0.1:443/", "http://localhost/"
            })
    void refusesEverySchemeButHttps(String url) {
        assertThat(refusal(url))
                .isInstanceOfSatisfying(
                        EgressRefused.class,
                        refused -> assertThat(refused.reason()).isInstanceOf(Refusal.SchemeNotAllowed.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user@public.example/",
                "https://user:secret@public.example/",
                "https://@public.example/",
                "https://public.example@127.0.0.1/",
                "https://public.example:443@127.0.0.1/",
                "https://a@b@public.example/",
                "https://%40@public.example/",
                "https://public.example%40x@evil/"
            })
    void refusesUserInformation(String url) {
        assertThat(refusal(url))
                .isInstanceOfSatisfying(
                        EgressRefused.class,
                        refused -> assertThat(refused.reason()).isInstanceOf(Refusal.UserInfo.class));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 22, 25, 80, 442, 444, 5432, 6379, 8080, 65535})
    void refusesPortsThatAreNotConfigured(int port) {
        assertThat(refusal("https://public.example:" + port + "/"))
                .hasMessageContaining("Port " + port + " is not allowed");
        assertThat(resolver.asked).isEmpty();
    }

    @Test
    void refusesAnEndlessUrl() {
        assertThat(refusal("https://public.example/" + "a".repeat(9000))).isInstanceOf(EgressRefused.class);
        assertThat(refusal("https://" + "a.".repeat(200) + "example/")).isInstanceOf(EgressRefused.class);
        assertThat(refusal("https://" + "a".repeat(64) + ".example/")).isInstanceOf(EgressRefused.class);
    }

    @ParameterizedTest
    @CsvSource({
        "https://public.example, https://public.example:443, /",
        "HTTPS://PUBLIC.EXAMPLE., https://public.example:443, /",
        "https://public.example:8443/mcp?a=b#c, https://public.example:8443, /mcp?a=b",
        "https://public.example?a=/b, https://public.example:443, /?a=/b",
        "https://public.example/a%2Fb/ü, https://public.example:443, /a%2Fb/%C3%BC",
        "https://ｐｕｂｌｉｃ.example/, https://public.example:443, /",
        "https://1.1.1.1/x, https://1.1.1.1:443, /x",
        "https://0x01.1.1.1/x, https://1.1.1.1:443, /x",
        "https://[2606:4700:4700::1111]/x, https://[2606:4700:4700:0:0:0:0:1111]:443, /x",
        "https://[::ffff:8.8.8.8]/, https://8.8.8.8:443, /"
    })
    void letsPublicUrlsThroughInTheirCanonicalForm(String url, String origin, String pathAndQuery) {
        var target = guard.vet(url).await().indefinitely();

        assertThat(target.origin()).isEqualTo(origin);
        assertThat(target.pathAndQuery()).isEqualTo(pathAndQuery);
        assertThat(target).hasToString(origin);
    }

    @Test
    void takesAUriAsWell() {
        assertThat(guard.vet(URI.create("https://public.example/a"))
                        .await()
                        .indefinitely()
                        .host())
                .isEqualTo("public.example");
    }

    @Test
    void doesNotTellWhichAddressItSaw() {
        assertThat(refusal("https://mixed.example/")).hasMessageNotContaining("10.0.0.7");
        assertThat(refusal("https://metadata.google.internal/").getMessage())
                .contains("metadata.google.internal")
                .doesNotContain("169.254");
    }

    @Test
    void tellsANameThatDoesNotResolveFromARefusedOne() {
        assertThat(refusal("https://nowhere.example/")).isInstanceOfSatisfying(EgressFailure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(EgressFailure.Kind.UNREACHABLE);
            assertThat(failure.requestSent()).isFalse();
        });
    }
}
