import Foundation

/// Says in one sentence where and why JSON did not fit a document.
package enum DecodingReason {
    /// For example `feed: expected String, found a number`.
    package static func sentence(_ error: DecodingError) -> String {
        switch error {
        case .typeMismatch(let type, let context):
            return located(context.codingPath, "expected \(name(of: type))")
        case .valueNotFound(let type, let context):
            return located(context.codingPath, "expected \(name(of: type)), found null")
        case .keyNotFound(let key, let context):
            return located(context.codingPath, "the key “\(key.stringValue)” is missing")
        case .dataCorrupted(let context) where context.codingPath.isEmpty:
            return "not valid JSON"
        case .dataCorrupted(let context):
            return located(context.codingPath, context.debugDescription)
        @unknown default:
            return "does not fit"
        }
    }

    private static func located(_ path: [any CodingKey], _ what: String) -> String {
        path.isEmpty ? what : path.map(\.stringValue).joined(separator: ".") + ": " + what
    }

    private static func name(of type: Any.Type) -> String {
        switch type {
        case is String.Type: "a string"
        case is Bool.Type: "true or false"
        case is Int.Type, is Double.Type: "a number"
        case is [Any].Type: "an array"
        default: "an object"
        }
    }
}
