import Foundation
import GRDB

/// What the daemon remembers of itself.
extension NewsStore {
    private static let paused = "paused"

    /// Whether polling was paused by hand; survives restarts.
    package func isPaused() throws -> Bool {
        try value(of: Self.paused) == "1"
    }

    /// Pauses polling, or resumes it.
    package func setPaused(_ isPaused: Bool) throws {
        try setValue(isPaused ? "1" : "0", of: Self.paused)
    }

    private func value(of key: String) throws -> String? {
        try read {
            try $0.first("SELECT value FROM meta WHERE key = ?", [key])?.decode(String.self, atIndex: 0)
        }
    }

    private func setValue(_ value: String, of key: String) throws {
        try write {
            try $0.run(
                "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                [key, value])
        }
    }
}
