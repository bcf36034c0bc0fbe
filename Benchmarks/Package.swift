// swift-tools-version: 6.1
import PackageDescription

// Measurements, apart from the product: CI never builds them. `make bench` runs them.
let package = Package(
    name: "newswatch-benchmarks",
    dependencies: [.package(name: "newswatch", path: "..")],
    targets: [
        .executableTarget(
            name: "CopyStages",
            dependencies: [
                .product(name: "Normalization", package: "newswatch"),
                .product(name: "Shingling", package: "newswatch"),
            ]),
        .executableTarget(
            name: "FeedStages",
            dependencies: [
                .product(name: "Feeds", package: "newswatch"), .product(name: "Markup", package: "newswatch"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)
