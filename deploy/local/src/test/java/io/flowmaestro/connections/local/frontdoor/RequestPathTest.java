package io.flowmaestro.connections.local.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {
    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/a/b, /a/b",
        "/a/b/, /a/b/",
        "//a///b, /a/b",
        "/a/./b, /a/b",
        "/a/../b, /b",
        "/../../a, /a",
        "/a/.., /",
        "/a/b/.., /a/",
        "/a;x=1/b;y, /a/b",
        "/%61%2D%7e, /a-~",
        "/a%2fb, /a%2Fb",
        "/a%20b, /a%20b",
        "/%c3%a9, /%C3%A9",
        "/%252e%252e/a, /%252e%252e/a"
    })
    void hasOneSpelling(String raw, String normalised) {
        assertThat(RequestPath.of(raw)).contains(new RequestPath(normalised));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "/a%2Fb/c", "/%252e", "/a/", "/x%3By"})
    void staysAsItIsOnceNormalised(String path) {
        assertThat(RequestPath.of(path)).contains(new RequestPath(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "a/b",
                "/%",
                "/%4",
                "/%zz",
                "/%00",
                "/a%0d%0aX: y",
                "/%7f",
                "/a\\b",
                "/a b",
                "/é",
                "/a\"b"
            })
    void isRefusedWhenItIsNoPath(String raw) {
        assertThat(RequestPath.of(raw)).isEmpty();
    }
}
