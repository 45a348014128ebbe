using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Binders;

namespace CrmWeb.Web.Features.Segments.Building;

/// <summary>
/// Binds the tree of a rule as deep as the binder of forms goes, which throws beyond. Deeper parts come in empty, one level of them, and reading the rule says so.
/// </summary>
internal sealed class RulePartBinder(IModelBinder plain) : IModelBinder
{
    public Task BindModelAsync(ModelBindingContext context)
    {
        if (context.ModelName.Count(sign => sign == '[') <= RulePart.MostDepth) return plain.BindModelAsync(context);
        if (context.ValueProvider.ContainsPrefix(context.ModelName)) context.Result = ModelBindingResult.Success(RulePart.Empty());
        return Task.CompletedTask;
    }
}

internal sealed class RulePartProvider : IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
        context.Metadata.ModelType == typeof(RulePart) && new ComplexObjectModelBinderProvider().GetBinder(context) is { } plain ? new RulePartBinder(plain) : null;
}
