using System.ComponentModel;
using System.Globalization;

namespace LlmCostModel;

/// <summary>Lets the framework's configuration binder read a deployment that is only the id of a model; it would leave it out and say
/// nothing.</summary>
internal sealed class ModelDeploymentConverter : TypeConverter
{
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) =>
        sourceType == typeof(string) || base.CanConvertFrom(context, sourceType);

    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        value is string model ? new ModelDeployment { Model = model } : base.ConvertFrom(context, culture, value);
}
