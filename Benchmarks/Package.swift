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
                "SeededRandom",
                .product(name: "Normalization", package: "newswatch"),
                .product(name: "Shingling", package: "newswatch"),
            ]),
        .executableTarget(
            name: "FeedStages",
            dependencies: [
                .product(name: "Feeds", package: "newswatch"), .product(name: "Markup", package: "newswatch"),
            ]),
        // What it measures is no interface of the product: it sees it as the tests do.
        .executableTarget(
            name: "StoryStages",
            dependencies: [
                "SeededRandom",
                .product(name: "Feeds", package: "newswatch"),
                .product(name: "Settings", package: "newswatch"),
                .product(name: "Stories", package: "newswatch"),
            ]),
        .target(name: "SeededRandom"),
    ],
    swiftLanguageModes: [.v6]
)
