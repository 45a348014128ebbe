namespace CrmWeb.Tests.Support.Databases;

/// <summary>The engines that the tests run on. SQL Server is not one of them: its model and scripts are tested as text.</summary>
public enum TestProvider
{
    Sqlite,
    PostgreSql,
}
