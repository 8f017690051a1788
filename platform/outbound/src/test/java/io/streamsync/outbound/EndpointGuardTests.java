package io.streamsync.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.outbound.EndpointVerdict.Allowed;
import io.streamsync.outbound.EndpointVerdict.Refused;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointGuardTests {

    /// Name servers of a stranger.
    private static final Map<String, List<String>> NAMES = Map.of(
            "node.example", List.of("93.184.216.34", "2606:2800:220:1::1"),
            "inside.example", List.of("10.1.2.3"),
            "mixed.example", List.of("93.184.216.34", "127.0.0.1"),
            "mapped.example", List.of("::ffff:169.254.169.254"),
            "localhost", List.of("127.0.0.1", "::1"),
            "localhost.", List.of("127.0.0.1"),
            "metadata.google.internal", List.of("169.254.169.254"),
            "127.0.0.1.nip.example", List.of("127.0.0.1"),
            "0x7f000001.example", List.of("93.184.216.34"));

    private final EndpointGuard guard = guard(List.of(), Set.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://93.184.216.34/",
                "https://node.example",
                "HTTPS://node.example:8899/path?api-key=k",
                "http://[2606:2800:220:1::1]:8899/",
                "http://0x7f000001.example/"
            })
    void allowsPublicHosts(String url) {
        assertThat(guard.check(url, false)).isInstanceOf(Allowed.class);
    }

    @Test
    void writesTheSchemeAsRoutersKnowIt() {
        assertThat(guard.check("HTTPS://node.example:8899/Path?api-key=K", false))
                .extracting(verdict -> ((Allowed) verdict).uri().toString())
                .isEqualTo("https://node.example:8899/Path?api-key=K");
    }

    @Test
    void namesEveryAddressOfTheHost() {
        assertThat(guard.check("https://node.example", false))
                .extracting(verdict -> ((Allowed) verdict)
                        .addresses().stream().map(InetAddress::getHostAddress).toList())
                .isEqualTo(List.of("93.184.216.34", "2606:2800:220:1:0:0:0:1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // plain
                "http://127.0.0.1/",
                "http://127.255.255.254/",
                "http://0.0.0.0/",
                "http://10.0.0.1/",
                "http://172.16.0.1/",
                "http://172.31.255.255/",
                "http://192.168.1.1/",
                "http://169.254.169.254/latest/meta-data",
                "http://100.64.0.1/",
                "http://100.127.255.255/",
                "http://192.0.0.1/",
                "http://192.0.2.1/",
                "http://192.88.99.1/",
                "http://198.18.0.1/",
                "http://198.51.100.1/",
                "http://203.0.113.1/",
                "http://224.0.0.1/",
                "http://240.0.0.1/",
                "http://255.255.255.255/",
                // other notations of 127.0.0.1 and of a metadata address
                "http://2130706433/",
                "http://017700000001/",
                "http://0x7f000001/",
                "http://0x7f.0.0.1/",
                "http://0x7f.0x0.0x0.0x1/",
                "http://0177.0.0.1/",
                "http://0177.0.0.01/",
                "http://127.1/",
                "http://127.0.1/",
                "http://127.0.0.1./",
                "http://127.000.000.001/",
                "http://1.2.3.4.5/",
                "http://256.256.256.256/",
                "http://2852039166/",
                "http://0/",
                // IPv6
                "http://[::1]/",
                "http://[::]/",
                "http://[0:0:0:0:0:0:0:1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://[::ffff:7f00:1]/",
                "http://[::ffff:93.184.216.34]/",
                "http://[::127.0.0.1]/",
                "http://[64:ff9b::7f00:1]/",
                "http://[64:ff9b:1::7f00:1]/",
                "http://[2002:7f00:1::]/",
                "http://[2001::1]/",
                "http://[2001:db8::1]/",
                "http://[3fff::1]/",
                "http://[fc00::1]/",
                "http://[fd00:ec2::254]/",
                "http://[fe80::1]/",
                "http://[fe80::1%25eth0]/",
                "http://[fe80::1%eth0]/",
                "http://[fec0::1]/",
                "http://[ff02::1]/",
                "http://[4000::1]/",
                "http://[::1%25lo]/",
                // names
                "http://localhost/",
                "http://LOCALHOST/",
                "http://localhost./",
                "http://inside.example/",
                "http://mixed.example/",
                "http://mapped.example/",
                "http://metadata.google.internal/",
                "http://127.0.0.1.nip.example/",
                "http://unknown.example/",
                "http://under_score.example/",
                "http://-dash.example/",
                "http://ⓛocalhost/",
                "http://node。example/",
                "http://xn--/",
                // parts
                "http://user@node.example/",
                "http://node.example@127.0.0.1/",
                "http://127.0.0.1@node.example/",
                "http://node.example:80@127.0.0.1/",
                "http://@node.example/",
                "http://node.example%40127.0.0.1/",
                "http://node.example\\@127.0.0.1/",
                "http://node.example#@127.0.0.1/",
                "http://node.example/#x",
                "http:///path",
                "http://:80/",
                "http:node.example",
                "//node.example/",
                "node.example",
                "",
                " http://node.example/",
                "http://node.example/\r\nHost: inside",
                "http://node.example/\u0000",
                "http://node.example:0/",
                "http://node.example:65536/",
                "http://node.example:-1/",
                "http://node.example:99999999999/",
                // schemes
                "ftp://node.example/",
                "file:///etc/passwd",
                "gopher://node.example/",
                "jar:http://node.example/!/",
                "ws://node.example/",
                "javascript:alert(1)",
                "unix:/var/run/docker.sock"
            })
    void refusesEverythingElseWithASentence(String url) {
        assertThat(guard.check(url, false))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).matches("(?s)[A-Z].*\\."));
    }

    @Test
    void refusesUrlsThatAreTooLong() {
        assertThat(guard.check("http://node.example/" + "x".repeat(500), false)).isInstanceOf(Refused.class);
    }

    @Test
    void saysWhereAHostLeads() {
        assertThat(guard.check("http://inside.example/", false))
                .isEqualTo(new Refused("The host inside.example leads to 10.1.2.3, which is a private address: a public"
                        + " address is needed."));
    }

    @Test
    void tellsWebSocketsFromHttp() {
        assertThat(guard.check("wss://node.example/", true)).isInstanceOf(Allowed.class);
        assertThat(guard.check("https://node.example/", true)).isInstanceOf(Refused.class);
        assertThat(guard.check("wss://node.example/", false)).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8899/, true",
        "http://localhost:8899/, true",
        "http://[::1]:8899/, true",
        "http://mixed.example/, true",
        "http://10.0.0.1/, false",
        "http://0.0.0.0/, false",
        "http://2130706433/, false",
        "http://[::ffff:127.0.0.1]/, false",
        "http://0x7f.1/, false"
    })
    void allowsRangesThatTheInstallationNames(String url, boolean expected) {
        var named = guard(List.of("127.0.0.0/8", "::1/128"), Set.of());

        assertThat(named.check(url, false) instanceof Allowed).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:18001/",
                "http://127.9.9.9:18001/",
                "http://localhost:18001/",
                "http://[::1]:18001/",
                "http://127.0.0.1/",
                "http://0.0.0.0:18001/"
            })
    void refusesTheInstallationsOwnPorts(String url) {
        var named = guard(List.of("127.0.0.0/8", "::1/128", "0.0.0.0/8"), Set.of(80, 18_001));

        assertThat(named.check(url, false))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).contains("this installation"));
    }

    @Test
    void leavesTheSamePortOfOthersAlone() {
        assertThat(guard(List.of("127.0.0.0/8"), Set.of(18_001)).check("http://node.example:18001/", false))
                .isInstanceOf(Allowed.class);
    }

    @Test
    void namesTheNetworkThatOperatorsMustNotShare() {
        var named = guard(List.of("127.0.0.0/8"), Set.of());

        assertThat(named.network("93.184.216.34")).hasValue("93.184.216.0/24");
        assertThat(named.network("2606:2800:220:1:0:0:0:1")).hasValue("2606:2800:220:0:0:0:0:0/48");
        assertThat(named.network("127.0.0.1")).isEmpty();
    }

    private static EndpointGuard guard(List<String> allowed, Set<Integer> refusedPorts) {
        return new EndpointGuard(
                EndpointGuardTests::resolve, new OutboundProperties(allowed, refusedPorts, Duration.ofSeconds(2)));
    }

    private static List<InetAddress> resolve(String name) throws UnknownHostException {
        var addresses = NAMES.get(name.toLowerCase(Locale.ROOT));
        if (addresses == null) {
            throw new UnknownHostException(name + " is not known");
        }
        return addresses.stream().map(InetAddress::ofLiteral).toList();
    }
}
