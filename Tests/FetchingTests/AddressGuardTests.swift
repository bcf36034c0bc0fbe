import Fetching
import Testing

@Suite struct AddressGuardTests {
    func refusal(_ text: String, _ guarded: AddressGuard = AddressGuard()) throws -> String? {
        guarded.refusal(of: try #require(IPAddress(text)))
    }

    @Test(arguments: [
        "127.0.0.1", "127.255.255.254", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1", "100.127.255.255", "0.0.0.0", "224.0.0.1", "255.255.255.255", "198.18.0.1", "::", "::1",
        "fe80::1", "fd00::1", "fc00::1", "ff02::1", "fec0::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2002:c0a8:101::1", "::127.0.0.1", "2001:db8::1",
    ])
    func whatIsNotPublicIsRefused(address: String) throws {
        #expect(try refusal(address) != nil)
    }

    @Test(arguments: [
        "1.1.1.1", "172.15.255.255", "172.32.0.1", "100.63.255.255", "100.128.0.1", "9.255.255.255",
        "126.0.0.1",
        "128.0.0.1", "223.255.255.255", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101", "2a00::1",
    ])
    func whatIsPublicPasses(address: String) throws {
        #expect(try refusal(address) == nil)
    }

    @Test func allowedNetworkPassesAndNothingBeside() throws {
        let guarded = AddressGuard(allowed: [
            try #require(Network("127.0.0.0/30")), try #require(Network("fd00::/8")),
        ])
        #expect(try refusal("127.0.0.3", guarded) == nil)
        #expect(try refusal("127.0.0.4", guarded) == "loopback")
        #expect(try refusal("::ffff:127.0.0.1", guarded) == nil)
        #expect(try refusal("fd12::1", guarded) == nil)
        #expect(try refusal("fc00::1", guarded) == "unique local")
    }

    @Test func allowPrivatePassesEverything() throws {
        #expect(try refusal("127.0.0.1", AddressGuard(allowPrivate: true)) == nil)
    }

    @Test(arguments: [
        "", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "fd00::/129", "10.0.0/8", "x/8", "10.0.0.0/8/8",
    ])
    func unreadableNetworkIsNone(text: String) {
        #expect(Network(text) == nil)
    }

    @Test func bareAddressIsANetworkOfOne() throws {
        let network = try #require(Network("192.0.2.1"))
        #expect(network.contains(try #require(IPAddress("192.0.2.1"))))
        #expect(!network.contains(try #require(IPAddress("192.0.2.2"))))
    }
}
