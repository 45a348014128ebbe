using CrmWeb.Domain.Customers.Dates;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Platform.Forms;

/// <summary>
/// Dates and wall-clock times of forms and addresses, as the browser's control sends them or as a person types them: with a four-digit year
/// in front, in the Gregorian or the Jalali calendar, in digits of any script. What may be read in two ways is refused.
/// </summary>
internal sealed class TypedDates(Type type, IStringLocalizer L) : IModelBinder
{
    public Task BindModelAsync(ModelBindingContext context)
    {
        var value = context.ValueProvider.GetValue(context.ModelName);
        if (value == ValueProviderResult.None) return Task.CompletedTask;
        context.ModelState.SetModelValue(context.ModelName, value);
        var typed = value.FirstValue;
        if (string.IsNullOrWhiteSpace(typed))
        {
            if (context.ModelMetadata.IsReferenceOrNullableType) context.Result = ModelBindingResult.Success(null);
            return Task.CompletedTask;
        }

        if (Read(typed.Trim()) is { } read) context.Result = ModelBindingResult.Success(read);
        else context.ModelState.TryAddModelError(context.ModelName, L["This date cannot be read. Write it like {0}.", LocalTime.Pattern]);
        return Task.CompletedTask;
    }

    private object? Read(string typed)
    {
        if (!TypedDate.TryParse(typed, DateOrder.Unambiguous, out var date)) return null;
        if (type == typeof(DateOnly)) return date.Date;
        return date.Date.ToDateTime(date.Time ?? TimeOnly.MinValue, DateTimeKind.Unspecified);
    }
}

internal sealed class TypedDatesProvider : IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
        context.Metadata.UnderlyingOrModelType is var type && (type == typeof(DateOnly) || type == typeof(DateTime)) && context.BindingInfo.BindingSource != BindingSource.Body
            ? new TypedDates(type, context.Services.GetRequiredService<IStringLocalizer>())
            : null;
}
