using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LlmCostModel.Packages.Tests.Assertions;

/// <summary>Finds tests that cannot fail, or that pass over what they do not check.</summary>
internal static class AssertionFaults
{
    /// <summary>What asserts by itself: a sample by the answer of its function, a snapshot by its file.</summary>
    private static readonly string[] Asserting = ["Sample"];

    /// <summary>Tests that assert nothing, neither themselves nor through a method of the tests that they call.</summary>
    /// <param name="methods">The tests and what they may call.</param>
    /// <param name="ofProduct">Names of the product's methods: a call of one on something asserts nothing, though a helper of the tests may
    /// be called the same.</param>
    internal static IEnumerable<string> WithoutAssertion(IReadOnlyCollection<TestMethod> methods, IReadOnlySet<string> ofProduct)
    {
        HashSet<string> asserting = [.. Asserting];
        int before;
        do
        {
            before = asserting.Count;
            asserting.UnionWith(methods.Where(method => Asserts(method, asserting, ofProduct)).Select(method => method.Name));
        }
        while (asserting.Count > before);

        return methods.Where(method => method.IsTest && !Asserts(method, asserting, ofProduct))
            .Select(method => $"{method.At(method.Syntax)} asserts nothing.");
    }

    /// <summary>Assertions about literals, and what is computed from them in the test.</summary>
    internal static IEnumerable<string> OfConstants(IReadOnlyCollection<TestMethod> methods) =>
        from method in methods
        where method.IsTest
        let constants = new Constants(method)
        from call in method.Syntax.DescendantNodes().OfType<InvocationExpressionSyntax>()
        where IsAssert(call) || OnlyCompares(call, method, methods)
        where call.ArgumentList.Arguments.Count > 0 && Constants.NameOf(call.Expression) != "Fail"
        where call.ArgumentList.Arguments.All(argument => constants.Contains(argument.Expression))
        select $"{method.At(call)} compares what the test itself says: {call}";

    /// <summary>Assertions that hold whatever the product does: of a thing with itself, or with a part that is always true.</summary>
    internal static IEnumerable<string> OfThemselves(IReadOnlyCollection<TestMethod> methods) =>
        from method in methods
        from call in method.Syntax.DescendantNodes().OfType<InvocationExpressionSyntax>()
        where IsAssert(call)
        let arguments = call.ArgumentList.Arguments
        where (Constants.NameOf(call.Expression) is "Equal" or "Same" or "Equivalent"
                && arguments is [{ Expression: IdentifierNameSyntax or LiteralExpressionSyntax } first, var second, ..]
                && first.ToString() == second.ToString())
            || arguments.SelectMany(argument => argument.DescendantNodes()).OfType<BinaryExpressionSyntax>().Any(IsSettled)
            || arguments.Select(argument => argument.Expression).OfType<BinaryExpressionSyntax>().Any(IsOfAnySize)
        select $"{method.At(call)} holds whatever the product does: {call}";

    /// <summary>Texts of which every one begins with, ends with or contains what is asserted.</summary>
    internal static IEnumerable<string> OfEmptyTexts(IReadOnlyCollection<TestMethod> methods) =>
        from method in methods
        from call in method.Syntax.DescendantNodes().OfType<InvocationExpressionSyntax>()
        where Constants.NameOf(call.Expression) is "Contains" or "StartsWith" or "EndsWith"
            && call.Expression.ToString().StartsWith("Assert.", StringComparison.Ordinal)
        where ValuesOf(call.ArgumentList.Arguments[0].ToString(), method).Contains("\"\"")
        select $"{method.At(call)} holds for every text: {call}";

    /// <summary>Rows that a test leaves without counting them, asserting anything of them, or saying why.</summary>
    internal static IEnumerable<string> OfSilentExits(IReadOnlyCollection<TestMethod> methods) =>
        from method in methods
        where method.IsTest
        from condition in method.Syntax.DescendantNodes().OfType<IfStatementSyntax>()
        let statement = condition.Statement is BlockSyntax { Statements: [var only] } ? only : condition.Statement
        where statement.IsKind(SyntaxKind.ContinueStatement) || statement is ReturnStatementSyntax { Expression: null }
        where !condition.Statement.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia))
        select $"{method.At(statement)} leaves out what it does not count: if ({condition.Condition})";

    /// <summary>What an argument stands for: itself, or for a parameter what every row gives it.</summary>
    private static IEnumerable<string> ValuesOf(string argument, TestMethod method)
    {
        int parameter = method.Syntax.ParameterList.Parameters.ToList().FindIndex(candidate => candidate.Identifier.Text == argument);
        return parameter < 0 ? [argument] : method.Syntax.AttributeLists.SelectMany(list => list.Attributes)
            .Where(attribute => attribute.Name.ToString() == "InlineData")
            .Select(row => row.ArgumentList!.Arguments.ElementAtOrDefault(parameter)?.ToString() ?? "");
    }

    private static bool Asserts(TestMethod method, HashSet<string> asserting, IReadOnlySet<string> ofProduct)
    {
        return method.Syntax.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Any(call => IsAssert(call)
                || (asserting.Contains(Constants.NameOf(call.Expression))
                    && (call.Expression is IdentifierNameSyntax || !IsOfProduct(Constants.NameOf(call.Expression)))))
        || method.Syntax.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Any(name => name.Parent is ArgumentSyntax && asserting.Contains(name.Identifier.Text) && !IsOfProduct(name.Identifier.Text));

        bool IsOfProduct(string name) => ofProduct.Contains(name) && !Asserting.Contains(name);
    }

    /// <summary>Whether a side of "and" or "or" is written as true or false.</summary>
    private static bool IsSettled(BinaryExpressionSyntax expression) =>
        (expression.IsKind(SyntaxKind.LogicalOrExpression) || expression.IsKind(SyntaxKind.LogicalAndExpression))
        && (IsFlag(expression.Left) || IsFlag(expression.Right));

    /// <summary>Whether a length or a number of things is compared with the least that it can be.</summary>
    private static bool IsOfAnySize(BinaryExpressionSyntax expression) =>
        expression.IsKind(SyntaxKind.GreaterThanOrEqualExpression)
        && expression.Right.ToString() == "0"
        && Constants.NameOf(expression.Left is InvocationExpressionSyntax call ? call.Expression : expression.Left) is "Length" or "Count";

    private static bool IsFlag(ExpressionSyntax expression) =>
        expression.IsKind(SyntaxKind.TrueLiteralExpression) || expression.IsKind(SyntaxKind.FalseLiteralExpression);

    private static bool IsAssert(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "Assert" or "Snapshot" or "TextSnapshot" } };

    /// <summary>Whether a helper only compares what it is given, as an assertion does.</summary>
    private static bool OnlyCompares(InvocationExpressionSyntax call, TestMethod caller, IEnumerable<TestMethod> methods) =>
        methods.FirstOrDefault(method => method.File == caller.File && method.Name == call.Expression.ToString()) is { } helper
        && helper.Syntax.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(IsAssert).ToArray() is { Length: > 0 } asserted
        && new Constants(helper) is var constants
        && Array.TrueForAll(asserted, assertion =>
            assertion.ArgumentList.Arguments.All(argument => constants.Contains(argument.Expression)));
}
