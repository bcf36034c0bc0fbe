// swift-tools-version: 6.1
import PackageDescription

// Fuzzers of what reads bytes from strangers, apart from the product: CI never builds them. `make fuzz` runs them.
let package = Package(
    name: "newswatch-fuzz",
    dependencies: [.package(name: "newswatch", path: "..")],
    targets: [
        .target(name: "CFuzzer"),
        fuzzer("FuzzFeed"), fuzzer("FuzzDate"), fuzzer("FuzzText"), fuzzer("FuzzEncoding"),
    ],
    swiftLanguageModes: [.v6]
)

func fuzzer(_ name: String) -> Target {
    .executableTarget(
        name: name,
        dependencies: [
            "CFuzzer", .product(name: "Feeds", package: "newswatch"),
            .product(name: "Markup", package: "newswatch"),
        ])
}
