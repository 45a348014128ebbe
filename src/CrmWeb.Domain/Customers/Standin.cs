namespace CrmWeb.Domain.Customers;
public static class SearchText { public static string Fold(string text) => text.Trim().ToLowerInvariant(); }
public static class EmailAddress { public static bool TryNormalise(string typed, out string normal) { normal = typed.Trim().ToLowerInvariant(); return normal.Contains('@'); } }
public static class PhoneNumber { public static bool TryNormalise(string typed, string? country, out string normal) { normal = new string([.. typed.Where(char.IsDigit)]); return normal.Length > 0; } }
