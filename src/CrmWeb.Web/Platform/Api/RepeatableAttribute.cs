namespace CrmWeb.Web.Platform.Api;

/// <summary>A POST that may be done twice without harm and takes long: no answer of it is kept under an <c>Idempotency-Key</c>, so that no transaction is open meanwhile.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RepeatableAttribute : Attribute;
