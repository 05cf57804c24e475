package io.flowmaestro.connections.observability;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromqlTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            up == 0 | up
            sum by (service) (rate(a_total{x="b_total", y!~"c.*"}[5m])) / on (z) group_left (q) d:e:rate5m | a_total,d:e:rate5m
            (a unless a offset 15m) > 0 or vector(0) | a
            histogram_quantile(0.99, sum by (le) (rate(h_bucket[5m]))) > 1e3 | h_bucket
            topk(10, sum (max_of_it) without (instance)) | max_of_it
            """)
    void findsTheMetricsOfAQuery(String query, String names) {
        assertThat(String.join(",", Promql.metrics(query))).isEqualTo(names);
    }
}
