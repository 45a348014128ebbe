using FluentValidation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace CrmWeb.Web.Platform.Forms;

/// <summary>Runs the validator of each form an action takes and puts what it says beside the fields.</summary>
internal sealed class ValidationFilter(IServiceProvider services) : IAsyncActionFilter
{
    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        // the body is no form, or one with a NUL in it: the action would get nothing (the page that says so needs nothing)
        if (context.ModelState[""]?.Errors.Count > 0 && context.ActionDescriptor.Parameters.Any(p => p.ParameterType.IsClass && (!context.ActionArguments.TryGetValue(p.Name, out var given) || given is null)))
        {
            context.Result = new BadRequestResult();
            return;
        }

        // what could not be read has said so: to the validator it is empty
        var unread = context.ModelState.Where(field => field.Value?.Errors.Count > 0).Select(field => field.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var form in context.ActionArguments.Values.OfType<object>())
        {
            if (services.GetService(typeof(IValidator<>).MakeGenericType(form.GetType())) is not IValidator validator) continue;
            var result = await validator.ValidateAsync(new ValidationContext<object>(form), context.HttpContext.RequestAborted);
            foreach (var error in result.Errors.Where(error => !unread.Contains(error.PropertyName))) context.ModelState.AddModelError(error.PropertyName, error.ErrorMessage);
        }

        await next();
    }
}
