using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LlmCostModel.Packages.Tests.Assertions;

/// <summary>Tells which expressions of a test are made of numbers and texts alone, so that nothing of the product decides them.</summary>
internal sealed class Constants
{
    private static readonly string[] Pure = ["Abs", "Ceiling", "Floor", "IndexOf", "Max", "Min", "Parse", "Pow", "Round", "Sqrt", "Sum"];

    private static readonly string[] NumberTypes =
        ["decimal", "double", "int", "long", "Math", "TimeSpan", "CultureInfo", "NumberStyles", "MidpointRounding"];

    private readonly Dictionary<string, ExpressionSyntax?> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _parameters;

    internal Constants(TestMethod method)
    {
        _parameters = [.. method.Syntax.ParameterList.Parameters.Where(parameter => IsPlain(parameter.Type))
            .Select(parameter => parameter.Identifier.Text)];
        SyntaxNode? type = method.Syntax.Parent;
        IEnumerable<FieldDeclarationSyntax> fields = (type?.ChildNodes().OfType<FieldDeclarationSyntax>() ?? []).Where(IsFixed);
        foreach (VariableDeclaratorSyntax variable in fields.SelectMany(field => field.Declaration.Variables)
            .Concat(method.Syntax.DescendantNodes().OfType<VariableDeclaratorSyntax>()))
        {
            // An empty list is one that the test fills.
            ExpressionSyntax? value = variable.Initializer?.Value;
            _values[variable.Identifier.Text] = value is CollectionExpressionSyntax { Elements.Count: 0 } ? null : value;
        }

        SyntaxNode[] nodes = [.. method.Syntax.DescendantNodes()];
        IEnumerable<ExpressionSyntax> assigned = nodes.OfType<AssignmentExpressionSyntax>().Select(assignment => assignment.Left);
        IEnumerable<PostfixUnaryExpressionSyntax> steps = nodes.OfType<PostfixUnaryExpressionSyntax>().Where(step => !IsSuppression(step));
        foreach (ExpressionSyntax changed in assigned.Concat(steps.Select(step => step.Operand)))
        {
            _values.Remove(changed.ToString());
            _parameters.Remove(changed.ToString());
        }
    }

    /// <summary>Whether an expression is known from the text of the test: literals, the rows of a theory, and arithmetic of them.</summary>
    internal bool Contains(ExpressionSyntax? expression) => expression switch
    {
        LiteralExpressionSyntax => true,
        ParenthesizedExpressionSyntax inner => Contains(inner.Expression),
        PrefixUnaryExpressionSyntax unary => Contains(unary.Operand),
        PostfixUnaryExpressionSyntax suppression => IsSuppression(suppression) && Contains(suppression.Operand),
        CastExpressionSyntax cast => Contains(cast.Expression),
        BinaryExpressionSyntax binary => Contains(binary.Left) && Contains(binary.Right),
        ConditionalExpressionSyntax choice => Contains(choice.Condition) && Contains(choice.WhenTrue) && Contains(choice.WhenFalse),
        TupleExpressionSyntax tuple => tuple.Arguments.All(argument => Contains(argument.Expression)),
        CollectionExpressionSyntax list =>
            list.Elements.All(element => element is ExpressionElementSyntax item && Contains(item.Expression)),
        IdentifierNameSyntax name => _parameters.Contains(name.Identifier.Text)
            || (_values.TryGetValue(name.Identifier.Text, out ExpressionSyntax? value) && Contains(value)),
        MemberAccessExpressionSyntax member => NumberTypes.Contains(member.Expression.ToString()) || IsGiven(member)
            || Contains(member.Expression),
        InvocationExpressionSyntax call => Pure.Contains(NameOf(call.Expression)) && IsPure(call.Expression)
            && call.ArgumentList.Arguments.All(argument => Contains(argument.Expression)),
        _ => false,
    };

    /// <summary>The name of what is called.</summary>
    internal static string NameOf(ExpressionSyntax called) =>
        called is MemberAccessExpressionSyntax member ? member.Name.Identifier.Text : called.ToString();

    /// <summary>A function of numbers, or a helper of the test that reads one.</summary>
    private bool IsPure(ExpressionSyntax called) =>
        called is IdentifierNameSyntax
            || (called is MemberAccessExpressionSyntax member
            && (NumberTypes.Contains(member.Expression.ToString()) || Contains(member.Expression)));

    /// <summary>A property that reads back what the test itself has given to it.</summary>
    private bool IsGiven(MemberAccessExpressionSyntax member) =>
        member.Expression is IdentifierNameSyntax owner
        && _values.GetValueOrDefault(owner.Identifier.Text) is BaseObjectCreationExpressionSyntax { Initializer: { } initializer }
        && initializer.Expressions.OfType<AssignmentExpressionSyntax>()
            .Any(given => given.Left.ToString() == member.Name.ToString() && Contains(given.Right));

    /// <summary>Numbers and texts, which the rows of a theory hold; a function or an object asks the product.</summary>
    private static bool IsPlain(TypeSyntax? type) => type switch
    {
        PredefinedTypeSyntax => true,
        NullableTypeSyntax nullable => IsPlain(nullable.ElementType),
        ArrayTypeSyntax array => IsPlain(array.ElementType),
        _ => false,
    };

    private static bool IsSuppression(PostfixUnaryExpressionSyntax expression) =>
        expression.IsKind(SyntaxKind.SuppressNullableWarningExpression);

    private static bool IsFixed(FieldDeclarationSyntax field) => field.Modifiers.Any(modifier => modifier.Text is "const" or "readonly");
}
