using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrmWeb.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class AddInteractionIdsAndEndedWaits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "ExternalId",
                table: "Interactions",
                type: "nvarchar(120)",
                maxLength: 120,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<int>(
                name: "EndedWaitMinutes",
                table: "Cases",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "EndedWaitSince",
                table: "Cases",
                type: "datetime2",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_TenantId_ExternalId",
                table: "Interactions",
                columns: new[] { "TenantId", "ExternalId" },
                unique: true,
                filter: "\"ExternalId\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Interactions_TenantId_ExternalId",
                table: "Interactions");

            migrationBuilder.DropColumn(
                name: "ExternalId",
                table: "Interactions");

            migrationBuilder.DropColumn(
                name: "EndedWaitMinutes",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "EndedWaitSince",
                table: "Cases");
        }
    }
}
