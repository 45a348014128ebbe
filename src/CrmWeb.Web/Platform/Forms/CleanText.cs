using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Binders;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Platform.Forms;

/// <summary>
/// Text comes in as it was typed, except that what no database can keep is refused at the field: the NUL character and halves of a
/// surrogate pair. Line ends are one character.
/// </summary>
internal sealed class CleanText(IModelBinder plain, IStringLocalizer L) : IModelBinder
{
    public async Task BindModelAsync(ModelBindingContext context)
    {
        await plain.BindModelAsync(context);
        if (context.Result.Model is not string text) return;
        if (IsStorable(text)) context.Result = ModelBindingResult.Success(text.Replace("\r\n", "\n", StringComparison.Ordinal));
        else context.ModelState.TryAddModelError(context.ModelName, L["This text has a character that cannot be stored."]);
    }

    public static bool IsStorable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0') return false;
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }

        return true;
    }
}

internal sealed class CleanTextProvider : IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context) => context.Metadata.ModelType == typeof(string) && context.BindingInfo.BindingSource != BindingSource.Body
        ? new CleanText(new SimpleTypeModelBinder(typeof(string), context.Services.GetRequiredService<ILoggerFactory>()), context.Services.GetRequiredService<IStringLocalizer>())
        : null;
}
